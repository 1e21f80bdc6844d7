// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import io.millrace.api.sink.CommitFailedException;
import io.millrace.api.sink.Committer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Renames pending files to their final names. */
final class FileCommitter implements Committer<FileCommittable> {
    private static final long MISSING = -1;

    private final OutputDirectory directory;

    FileCommitter(OutputDirectory directory) {
        this.directory = directory;
    }

    @Override
    public void commit(List<FileCommittable> committables) throws IOException, CommitFailedException {
        for (FileCommittable committable : committables) {
            commit(committable);
        }
        if (!committables.isEmpty()) {
            // Also when all were renamed before: the crash may have come before the names were durable.
            directory.sync();
        }
    }

    private void commit(FileCommittable committable) throws IOException, CommitFailedException {
        Path pending = directory.resolve(committable.pendingName());
        Path committed = directory.resolve(committable.finalName());
        long pendingLength = length(pending);
        long committedLength = length(committed);
        if (pendingLength == MISSING && committedLength == MISSING) {
            throw new CommitFailedException("Output is lost: neither the pending file '" + pending
                    + "' nor the committed file '" + committed + "' is there, though a completed checkpoint counts on "
                    + committable.length() + " bytes. Something deleted or moved it: put it back and start the job"
                    + " again, or start it afresh under another name into an empty directory.");
        }
        if (pendingLength == MISSING) {
            checkLength(committed, committedLength, committable);
            return;
        }
        if (committedLength != MISSING) {
            throw new CommitFailedException("Both '" + pending + "' and '" + committed + "' are there, though the one"
                    + " becomes the other by renaming. Something copied files in the output directory: keep the one"
                    + " with the right contents, delete the other, and recover the job.");
        }
        checkLength(pending, pendingLength, committable);
        Files.move(pending, committed, StandardCopyOption.ATOMIC_MOVE);
    }

    private static long length(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return MISSING;
        }
    }

    private static void checkLength(Path file, long length, FileCommittable committable) throws CommitFailedException {
        if (length != committable.length()) {
            throw new CommitFailedException("The part file '" + file + "' has " + length + " bytes; the checkpoint says"
                    + " that " + committable.length() + " were written. Something changed or cut it: put the original"
                    + " back and start the job again, or start it afresh under another name into an empty directory.");
        }
    }
}
