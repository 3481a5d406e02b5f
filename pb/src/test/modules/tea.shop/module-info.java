// SPDX-License-Identifier: Apache-2.0
// [begin module]
module tea.shop {
  requires dev.spindle.pb;
  requires tea.api;

  opens tea.shop to
      dev.spindle.pb; // exposed methods, records and copies that are not public
}
// [end module]
