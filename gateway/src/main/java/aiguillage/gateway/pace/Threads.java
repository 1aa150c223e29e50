package aiguillage.gateway.pace;

/// Where a crew's threads come from: the machine's own in a gateway; a simulation has others.
@FunctionalInterface
public interface Threads {

    /// A thread that is not yet started.
    ///
    /// @param busy whether the work keeps the disk busy rather than waits
    Thread unstarted(String name, boolean busy, Runnable work);

    /// Virtual threads for what waits, daemon threads of the machine for what is busy.
    static Threads real() {
        return (name, busy, work) -> busy
                ? Thread.ofPlatform().daemon().name(name).unstarted(work)
                : Thread.ofVirtual().name(name).unstarted(work);
    }
}
