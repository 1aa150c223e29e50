package aiguillage.hub.quota;

import aiguillage.config.Bytes;
import aiguillage.config.Setting;

/// How much one party may ask. The fallbacks are far above what a dealer at work comes to.
public record Allowance(
        @Setting(
                text = "Documents a party may submit in a minute, on average.",
                fallback = "30000",
                min = "1",
                max = "100000000")
        int documentsPerMinute,

        @Setting(
                text = "Documents a party may submit at once, before the average counts.",
                fallback = "3000",
                min = "1",
                max = "10000000")
        int documentsAtOnce,

        @Setting(
                text = "Requests of any kind a party may make in a minute, on average.",
                fallback = "60000",
                min = "1",
                max = "100000000")
        int requestsPerMinute,

        @Setting(
                text = "Requests of any kind a party may make at once, before the average counts.",
                fallback = "6000",
                min = "1",
                max = "10000000")
        int requestsAtOnce,

        @Setting(
                text =
                        "Bytes of payload a party may submit in a minute. One larger document is taken, and the next waits.",
                fallback = "4GB",
                min = "1kB",
                max = "1000TB")
        Bytes bytesPerMinute,

        @Setting(
                text = "Bodies of a party that may be on their way in at the same time.",
                fallback = "128",
                min = "1",
                max = "1000000")
        int uploadsOpen,

        @Setting(
                text = "Requests of a party that may be open at the same time, streams and long polls among them.",
                fallback = "512",
                min = "8",
                max = "1000000")
        int requestsOpen,

        @Setting(
                text = "Connections of a party that may be open at the same time.",
                fallback = "128",
                min = "4",
                max = "1000000")
        int connectionsOpen) {

    /// What holds when nothing is written.
    public static final Allowance USUAL =
            new Allowance(30_000, 3_000, 60_000, 6_000, new Bytes(4_000_000_000L), 128, 512, 128);

    /// The largest number that a header may show (RFC 9651, section 3.3.1).
    private static final long BYTES_MAX = 999_999_999_999_999L;

    /// So many times as much of everything.
    Allowance times(Multiple multiple) {
        int times = multiple.times();
        return new Allowance(
                product(documentsPerMinute, times),
                product(documentsAtOnce, times),
                product(requestsPerMinute, times),
                product(requestsAtOnce, times),
                new Bytes(Math.min(bytesPerMinute.count(), BYTES_MAX / times) * times),
                product(uploadsOpen, times),
                product(requestsOpen, times),
                product(connectionsOpen, times));
    }

    private static int product(int number, int times) {
        return (int) Math.min((long) number * times, Integer.MAX_VALUE);
    }
}
