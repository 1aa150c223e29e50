package aiguillage.simulation.world;

import aiguillage.gateway.pace.Pause;
import aiguillage.simulation.fault.Machine;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/// How threads of one life of a gateway let simulated time pass.
record Waits(Machine machine) implements Pause {

    @Override
    public void pause(Duration duration) throws InterruptedException {
        machine.node().pause(duration);
    }

    @SuppressWarnings("WaitNotInLoop") // who pauses asks again what it waits for
    @Override
    public void pause(Lock lock, Condition signal, Duration most) throws InterruptedException {
        boolean[] over = new boolean[1];
        machine.scheduler().after(most, machine.node(), () -> {
            if (!over[0]) {
                machine.node().start("alarm", () -> ring(lock, signal));
            }
        });
        signal.await();
        over[0] = true;
    }

    private static void ring(Lock lock, Condition signal) {
        lock.lock();
        try {
            signal.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
