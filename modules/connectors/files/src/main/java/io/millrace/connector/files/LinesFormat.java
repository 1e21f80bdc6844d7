// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import org.jspecify.annotations.Nullable;

/** Each line a string. */
final class LinesFormat implements RecordFormat<String> {
    @Override
    public boolean hasHeader() {
        return false;
    }

    @Override
    public LineDecoder<String> decoder(String path, @Nullable String header) {
        return StrictText::decode;
    }
}
