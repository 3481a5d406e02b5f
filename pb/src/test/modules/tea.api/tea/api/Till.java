// SPDX-License-Identifier: Apache-2.0
package tea.api;

/** Called back by the shop. */
public interface Till {
  int pay(int cents);
}
