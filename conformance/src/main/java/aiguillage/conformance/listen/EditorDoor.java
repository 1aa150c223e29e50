package aiguillage.conformance.listen;

import aiguillage.conformance.driver.DealerDriver;
import aiguillage.conformance.driver.Door;
import aiguillage.conformance.driver.HandsOn;
import aiguillage.conformance.driver.Identity;
import aiguillage.conformance.driver.Place;
import aiguillage.conformance.ground.IdentityFolder;
import aiguillage.conformance.ground.PracticeHub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// A door at which the dealer's system is somebody else's. Steps that come at the same time are asked one after
/// the other.
public final class EditorDoor implements HandsOn {

    private final Door door;
    private final PracticeHub hub;
    private final List<Line> lines;
    private final Editor editor;
    private final IdentityFolder keys;
    private final Path documents;
    private final Duration patience;
    private final ReentrantLock turn = new ReentrantLock();

    /// @param door through which the system under test goes
    /// @param lines between it and the hub
    /// @param keys where what it proves itself by is written, as it changes
    /// @param documents where documents to be sent are written
    /// @param patience how long each step may take
    public EditorDoor(
            Door door,
            PracticeHub hub,
            List<Line> lines,
            Editor editor,
            IdentityFolder keys,
            Path documents,
            Duration patience) {
        this.door = door;
        this.hub = hub;
        this.lines = List.copyOf(lines);
        this.editor = editor;
        this.keys = keys;
        this.documents = documents;
        this.patience = patience;
    }

    @Override
    public Door door() {
        return door;
    }

    @Override
    public DealerDriver open(Identity identity, Place place) {
        try {
            keys.write(identity);
        } catch (IOException e) {
            throw new UncheckedIOException("what " + identity.party() + " proves itself by could not be written", e);
        }
        return new EditorDriver(
                new EditorDriver.Parts(door, hub, lines, editor, documents, patience, turn), identity, place);
    }
}
