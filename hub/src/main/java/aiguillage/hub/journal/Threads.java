package aiguillage.hub.journal;

/// Where the journal's threads come from: the machine's own in a hub; a simulation has others.
@FunctionalInterface
public interface Threads {

    /// A thread that is not yet started.
    Thread unstarted(String name, Runnable work);

    /// Threads of the machine: a write to disk keeps one busy.
    static Threads platform() {
        return (name, work) -> Thread.ofPlatform().name(name).unstarted(work);
    }
}
