// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

/** A type has no codec, or bytes are not what a codec expects. The message names the path to the field. */
public class CodecException extends RuntimeException {
    public CodecException(String message) {
        super(message);
    }

    public CodecException(String message, Throwable cause) {
        super(message, cause);
    }
}
