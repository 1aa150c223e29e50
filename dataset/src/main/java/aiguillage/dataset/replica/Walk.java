package aiguillage.dataset.replica;

import aiguillage.dataset.layer.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// All rows of one version, in the order of keys, none without rows. However long that takes, and whatever
/// comes or is folded meanwhile, it is this version. Not for several threads.
///
/// Reading fails with an [UncheckedIOException]: its cause is [UnreadableRows] when the disk is damaged, and another
/// when the version is forgotten or withdrawn meanwhile.
public final class Walk implements Iterator<Change> {

    private final Stand stand;
    private final Answers answers;
    private final Standing.Step step;
    private byte @Nullable [] next;
    private Iterator<Change> some = Collections.emptyIterator();

    Walk(Stand stand, Answers answers, Standing.Step step, byte[] from) {
        this.stand = stand;
        this.answers = answers;
        this.step = step;
        this.next = from;
    }

    public Version version() {
        return step.version();
    }

    @Override
    public boolean hasNext() {
        while (!some.hasNext() && next != null) {
            byte[] from = next;
            try {
                Answers.Some more = stand.read(seen -> answers.some(seen, step, from));
                some = more.rows().iterator();
                next = more.next();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (NotKnown e) {
                throw new UncheckedIOException(new IOException(e.getMessage(), e));
            }
        }
        return some.hasNext();
    }

    @Override
    public Change next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return some.next();
    }
}
