package aiguillage.hub.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A file that is written. For one thread.
public final class Writing {

    private final Part part;
    private final boolean isAppended;
    private final Guard guard;
    private final Runnable left;
    private final End end;
    private boolean isWhole = true;
    private boolean isOver;

    /// What is done once all is written; it ends the part.
    @FunctionalInterface
    interface End {
        void reached(Part part) throws IOException;
    }

    /// @param isAppended whether all is written at its end, whatever the offset says
    /// @param left runs once, at its end, whichever that is
    Writing(Part part, boolean isAppended, Guard guard, Runnable left, End end) {
        this.part = part;
        this.isAppended = isAppended;
        this.guard = guard;
        this.left = left;
        this.end = end;
    }

    /// @throws FileRefused when it would have a hole, is too large, or was taken over
    public void write(long offset, ByteBuffer content) throws FileRefused {
        step(() -> {
            if (offset < 0) {
                throw FileRefused.failed("No file is so large.");
            }
            part.write(isAppended ? -1 : offset, content);
            return null;
        });
    }

    /// Cuts it to a length; what is there at most.
    public void truncate(long length) throws FileRefused {
        step(() -> {
            part.truncate(length);
            return null;
        });
    }

    /// After a step that was refused it is not whole any more.
    private void step(Guard.Step<@Nullable Void> step) throws FileRefused {
        boolean wasWhole = isWhole;
        isWhole = false;
        guard.run(step);
        isWhole = wasWhole;
    }

    /// How much there is of it.
    public long bytes() {
        return part.bytes();
    }

    /// All is written. Where its name is no temporary one it has arrived: when this returns the hub has it
    /// (I1).
    ///
    /// Programs close a file too of which a write was refused: then it has not arrived, and what there is
    /// stays.
    ///
    /// @throws FileRefused when the hub does not take it
    public void finish() throws FileRefused {
        isOver = true;
        try {
            guard.run(() -> {
                if (!isWhole || !part.isWhole()) {
                    part.end();
                    throw FileRefused.failed("Not all of the file was written, so it has not arrived.");
                }
                end.reached(part);
                return null;
            });
        } finally {
            left.run();
        }
    }

    /// The line broke: what came stays, to be resumed. After its end it does nothing.
    public void breakOff() throws IOException {
        if (isOver) {
            return;
        }
        isOver = true;
        try {
            part.takenOver();
        } finally {
            left.run();
        }
    }
}
