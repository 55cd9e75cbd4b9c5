// SPDX-License-Identifier: GPL-3.0-or-later
// The rows behind the figures, where they come from, and who did what: loaded together.
export { Audit } from './audit';
export { ClassChanges } from './class_changes';
export { Complaints } from './complaints';
export { Inspections } from './inspections';
export { Loads } from './loads';
export { Rejects } from './rejects';
export { Sources } from './sources';
