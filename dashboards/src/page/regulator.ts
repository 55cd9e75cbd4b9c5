// SPDX-License-Identifier: GPL-3.0-or-later
// 监管: loaded together.
export { AlertPage } from './alert';
export { EntityPage } from './entity';
export { Queue } from './queue';
export { Search } from './search';
