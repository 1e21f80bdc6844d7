// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import java.nio.file.Path;

/** Opens a node's directory and says how that went. */
final class OpeningProcess {
    private OpeningProcess() {}

    public static void main(String[] args) {
        try (NodeDirectory directory = NodeDirectory.open(Path.of(args[0]))) {
            System.out.println("opened " + directory.path());
        } catch (NodeStartException e) {
            System.out.println(e.getMessage());
        }
    }
}
