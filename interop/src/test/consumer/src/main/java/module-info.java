// SPDX-License-Identifier: Apache-2.0
module consumer {
  requires dev.spindle.pb;

  opens consumer to
      dev.spindle.pb;
}
