// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

/** Says a line and does nothing else: what a JVM takes to start. */
final class EmptyMain {
  private EmptyMain() {}

  public static void main(String[] args) {
    System.out.println("started");
  }
}
