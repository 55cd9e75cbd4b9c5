// SPDX-License-Identifier: GPL-3.0-or-later
// Where the data comes from and who did what: loaded together.
export { Audit } from './audit';
export { Loads } from './loads';
export { Rejects } from './rejects';
export { Sources } from './sources';
