package aiguillage.bench.doors;

import aiguillage.bench.figure.Figure;
import aiguillage.bench.load.FilesProcess;
import aiguillage.bench.load.Order;
import aiguillage.bench.peer.As4MessagesProcess;
import aiguillage.bench.peer.CxfProcess;
import aiguillage.bench.peer.FtpServerProcess;
import aiguillage.bench.peer.Phase4Process;
import aiguillage.bench.peer.SshdProcess;
import aiguillage.bench.server.Child;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A door of the hub, and what it is held against. Rounds of all ways take turns.
public enum Door {
    /// STAR's PutMessage, unsigned, beside CXF.
    STAR {
        @Override
        List<Figure> measure(Stage stage) throws IOException, InterruptedException {
            Way door = stage.door("STAR", stage.load(), stage.ports().main(), Order.Kind.STAR);
            return besideEngine(stage, door, CxfProcess.class, "CXF, kept nowhere", "CXF, each file synced");
        }
    },
    /// Files by SFTP, beside SSHD.
    SFTP {
        @Override
        List<Figure> measure(Stage stage) throws IOException, InterruptedException {
            Child files = stage.helper(FilesProcess.class, "sftp");
            Way door = stage.door("SFTP", files, stage.ports().sftp(), Order.Kind.FILES);
            return besideEngine(stage, door, SshdProcess.class, "SSHD, files unsynced", "SSHD, each file synced");
        }
    },
    /// Files by FTPS, beside FtpServer.
    FTPS {
        @Override
        List<Figure> measure(Stage stage) throws IOException, InterruptedException {
            Child files = stage.helper(FilesProcess.class, "ftps", stage.clients());
            Way door = stage.door("FTPS", files, stage.ports().ftps(), Order.Kind.FILES);
            return besideEngine(stage, door, FtpServerProcess.class, "FtpServer, unsynced", "FtpServer, each synced");
        }
    },
    /// Flat files by SFTP, which become a document for each line, beside files that are documents as they are.
    FLAT {
        @Override
        List<Figure> measure(Stage stage) throws IOException, InterruptedException {
            Child files = stage.helper(FilesProcess.class, "sftp");
            Way flat = stage.door("flat, SFTP", files, stage.ports().sftp(), Order.Kind.FLAT)
                    .ofEach(FilesProcess.LINES);
            Way plain = stage.door("SFTP, one in a file", files, stage.ports().sftp(), Order.Kind.FILES);
            Way rest = stage.rest();
            stage.run(List.of(flat, plain, rest));
            String name = "flat by SFTP, " + stage.clients() + " clients";
            return List.of(
                    Stage.rate(name, flat, plain),
                    Stage.rate(name, flat, rest),
                    Stage.cost(flat, plain),
                    Stage.cost(flat, rest),
                    Stage.slowest(flat, plain));
        }
    },
    /// AS4, signed, with a signed receipt, beside phase4.
    AS4 {
        @Override
        List<Figure> measure(Stage stage) throws IOException, InterruptedException {
            Child maker = stage.helper(As4MessagesProcess.class, AS4_BYTES);
            String theirs = stage.folder().resolve("to-phase4").toString();
            String ours = stage.folder().resolve("to-hub").toString();
            Way door = stage.door("AS4", stage.load(), stage.ports().main(), Order.Kind.MESSAGES_ONCE)
                    .sending(millis -> {
                        long perSecond = Math.min(AS4_EACH_SECOND, AS4_ALL_SECOND / stage.clients());
                        long each = (AS4_BESIDE_MILLIS + millis) * perSecond / 1_000;
                        maker.ask(stage.clients(), each, ours);
                        return ours;
                    });
            Child phase4 = stage.engine(Phase4Process.class, theirs, AS4_THEIRS * stage.clients(), AS4_BYTES);
            Way engine = Way.engine(
                            "phase4, each file synced", stage.load(), phase4, ports(phase4)[0], Order.Kind.MESSAGES)
                    .sending(_ -> theirs);
            return figures(stage, door, null, engine);
        }
    };

    /// A door adds at most 30 % to what its engine costs.
    private static final double ENGINE_GOAL = 1.3;

    private static final int AS4_BYTES = 2_048;

    /// Of the peer's messages for each client, sent over and over.
    private static final int AS4_THEIRS = 4;

    /// Messages made for each second of a round, of each client and of all; more than any machine here sends,
    /// since none may come twice. Signing them takes longer than sending them.
    private static final int AS4_EACH_SECOND = 250;

    private static final int AS4_ALL_SECOND = 1_200;

    /// What a round sends before and after it is measured.
    private static final int AS4_BESIDE_MILLIS = 400;

    abstract List<Figure> measure(Stage stage) throws IOException, InterruptedException;

    /// Beside an engine that the same load sends the same to, at two ports: where it keeps nothing durably, and
    /// where it does.
    private static List<Figure> besideEngine(Stage stage, Way door, Class<?> engine, String bare, String durable)
            throws IOException, InterruptedException {
        Child server = stage.engine(engine);
        int[] ports = ports(server);
        return figures(
                stage,
                door,
                Way.engine(bare, door.load(), server, ports[0], door.kind()),
                Way.engine(durable, door.load(), server, ports[1], door.kind()));
    }

    private static int[] ports(Child engine) throws IOException {
        return Arrays.stream(engine.answer().split(" ", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    /// @param bare the engine that keeps nothing, or nothing durably; null where it is not run so
    /// @param durable the engine when it has what it took on the disk, as the door has
    private static List<Figure> figures(Stage stage, Way door, @Nullable Way bare, Way durable)
            throws IOException, InterruptedException {
        Way rest = stage.rest();
        List<Way> others = bare == null ? List.of(rest, durable) : List.of(rest, bare, durable);
        var all = new ArrayList<>(List.of(door));
        all.addAll(others);
        stage.run(all);
        String name = door.label() + ", " + stage.clients() + " clients";
        var figures = new ArrayList<Figure>();
        var costs = new ArrayList<Figure>();
        for (Way other : others) {
            boolean hasPromised = other.label().equals(durable.label());
            Figure rate = Stage.rate(name, door, other);
            Figure cost = Stage.cost(door, other);
            figures.add(hasPromised ? rate.ratioAtLeast(1 / ENGINE_GOAL) : rate);
            costs.add(hasPromised ? cost.ratioAtMost(ENGINE_GOAL) : cost);
        }
        figures.addAll(costs);
        figures.add(Stage.slowest(door, rest));
        return figures;
    }
}
