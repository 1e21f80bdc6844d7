// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

/** A node cannot start because of what its configuration says; the message names the setting. */
public class InvalidSettingException extends NodeStartException {
    public InvalidSettingException(String message) {
        super(message);
    }

    public InvalidSettingException(String message, Throwable cause) {
        super(message, cause);
    }
}
