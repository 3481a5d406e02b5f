// SPDX-License-Identifier: Apache-2.0
// [begin module]
module tea.api {
  requires transitive dev.spindle.pb;

  exports tea.api; // public interfaces, records and copies
}
// [end module]
