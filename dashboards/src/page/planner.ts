// SPDX-License-Identifier: GPL-3.0-or-later
// 计划: loaded together.
export { Commit } from './commit';
export { DrawPage } from './draw';
export { Draws } from './draws';
export { PlanPage } from './plan';
export { RegisterPage } from './register';
export { Voucher } from './voucher';
