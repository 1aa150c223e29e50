package aiguillage.hub.files;

import aiguillage.hub.payload.Payloads;
import aiguillage.protocol.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file that has arrived, out of its writers' reach.
sealed interface Claimed {

    long bytes() throws IOException;

    Digest digest() throws IOException;

    InputStream open() throws IOException;

    /// One that never was on the disk; nobody changes the array.
    record InMemory(byte[] content) implements Claimed {

        @Override
        public long bytes() {
            return content.length;
        }

        @Override
        public Digest digest() {
            return Digest.of(content);
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(content);
        }
    }

    /// One that lies under another name than its part had.
    record InFile(Path file) implements Claimed {

        @Override
        public long bytes() throws IOException {
            return Files.size(file);
        }

        @Override
        public Digest digest() throws IOException {
            try (InputStream content = open()) {
                return Payloads.digest(content);
            }
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }
}
