// SPDX-License-Identifier: Apache-2.0
// [begin module]
module tea.customer {
  requires dev.spindle.pb;
  requires tea.api;
}
// [end module]
