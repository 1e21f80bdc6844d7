// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.profile;

/** Work that shows in a profile under the name that its class is given. */
public interface Conversion {
    /** Burns processor time, allocates, and returns what keeps the compiler from leaving either out. */
    long process(int rounds);
}
