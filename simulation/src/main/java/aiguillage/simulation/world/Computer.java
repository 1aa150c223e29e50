package aiguillage.simulation.world;

import aiguillage.simulation.fault.Machine;
import aiguillage.simulation.time.Node;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// A computer on which a process lives, dies and lives again; its clock may be wrong.
final class Computer {

    private static final Duration DOWN_SHORTEST = Duration.ofMillis(100);
    private static final Duration DOWN_LONGEST = Duration.ofSeconds(5);

    private final Computers all;
    private final String name;
    private final Program program;
    private Duration wrong = Duration.ZERO;
    private @Nullable Machine machine;

    /// What runs on a computer.
    interface Program {

        /// A new life; what it does is done on threads of the machine's node.
        void begin(Machine machine);

        /// A life is over: what the crash leaves on the disks.
        void ended(boolean power);
    }

    Computer(Computers all, String name, Program program) {
        this.all = all;
        this.name = name;
        this.program = program;
    }

    boolean isUp() {
        return machine != null;
    }

    @Nullable
    Node life() {
        return machine == null ? null : machine.node();
    }

    private InstantSource clock() {
        return () -> all.scheduler().now().plus(wrong);
    }

    /// Its clock shows another time from now on.
    void clockJumps(Duration by) {
        wrong = wrong.plus(by);
        say("clock jumps by " + by);
    }

    void clockIsSet() {
        wrong = Duration.ZERO;
    }

    /// A new life.
    void start() {
        if (machine == null) {
            say("starts");
            var begun = new Machine(
                    all.scheduler(),
                    new Node(all.scheduler(), name),
                    all.faults(),
                    clock(),
                    dead -> ends(dead, "died in a write", all.faults().random().nextBoolean()));
            machine = begun;
            program.begin(begun);
        }
    }

    /// Killed, now, wherever its threads stand.
    void kill(boolean power) {
        if (machine != null) {
            ends(machine, power ? "loses power" : "is killed", power);
        }
    }

    void ends(Machine dead, String how, boolean power) {
        if (!dead.equals(machine)) {
            return;
        }
        say(how);
        machine = null;
        dead.node().kill();
        all.network().killed(dead.node());
        program.ended(power);
        all.crashed();
        Duration down = all.faults().between(DOWN_SHORTEST, DOWN_LONGEST);
        all.scheduler().after(down, all.outside(), this::start);
    }

    void say(String what) {
        all.scheduler().trace().line(name, what);
    }
}
