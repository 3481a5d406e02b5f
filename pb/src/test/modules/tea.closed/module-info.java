// SPDX-License-Identifier: Apache-2.0
module tea.closed {
  requires dev.spindle.pb;
}
