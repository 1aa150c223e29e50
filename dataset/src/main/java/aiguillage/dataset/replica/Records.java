package aiguillage.dataset.replica;

import aiguillage.dataset.layer.Seal;
import aiguillage.dataset.replica.RowStore.Family;
import aiguillage.dataset.replica.RowStore.Put;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What a replica writes down about itself, in [Family#STATE]: `version/` and `seal/` with the place behind
/// them in hex, `base`, and `folding` as long as rows are partly those of the step behind the base.
final class Records {

    private static final String VERSION = "version/";
    private static final String SEAL = "seal/";
    private static final byte[] BASE = text("base");
    private static final byte[] FOLDING = text("folding");

    private final RowStore store;
    private final JsonMapper json = JsonMapper.shared();

    Records(RowStore store) {
        this.store = store;
    }

    /// @param place of the base; 0: nothing is folded yet
    /// @param exact whether its rows were those of its root when they were compared last
    /// @param repaired as in [Standing]
    record Base(long place, boolean exact, long repaired) {

        private static final int BYTES = 2 * Long.BYTES + 1;
    }

    /// @param seal null when it is not sealed, or its key has not come
    record Kept(long place, Version version, @Nullable Seal seal) {}

    List<Kept> versions() {
        List<Kept> kept = new ArrayList<>();
        store.read(Family.STATE, text(VERSION), (key, value) -> {
            String name = new String(key, StandardCharsets.US_ASCII);
            boolean ours = name.startsWith(VERSION);
            if (ours) {
                long place = HexFormat.fromHexDigitsToLong(name.substring(VERSION.length()));
                kept.add(new Kept(place, json.readValue(value, Version.class), seal(place)));
            }
            return ours;
        });
        return kept;
    }

    @Nullable
    Seal seal(long place) {
        byte[] seal = store.get(Family.STATE, name(SEAL, place));
        return seal == null ? null : new Seal(seal);
    }

    Base base() {
        byte[] base = store.get(Family.STATE, BASE);
        if (base == null) {
            return new Base(0, true, 0);
        }
        ByteBuffer in = ByteBuffer.wrap(base);
        return new Base(in.getLong(), in.get() != 0, in.getLong());
    }

    boolean isFolding() {
        return store.get(Family.STATE, FOLDING) != null;
    }

    Put version(long place, Version version) {
        return new Put(Family.STATE, name(VERSION, place), json.writeValueAsBytes(version));
    }

    static Put seal(long place, Seal seal) {
        return new Put(Family.STATE, name(SEAL, place), seal.bytes());
    }

    static Put base(Base base) {
        byte[] value = ByteBuffer.allocate(Base.BYTES)
                .putLong(base.place())
                .put((byte) (base.exact() ? 1 : 0))
                .putLong(base.repaired())
                .array();
        return new Put(Family.STATE, BASE, value);
    }

    static Put folding(boolean folding) {
        return new Put(Family.STATE, FOLDING, folding ? new byte[] {1} : null);
    }

    /// What removes these versions.
    static List<Put> without(List<Standing.Step> steps) {
        List<Put> puts = new ArrayList<>();
        for (Standing.Step step : steps) {
            puts.add(new Put(Family.STATE, name(VERSION, step.place()), null));
            puts.add(withoutSeal(step.place()));
        }
        return puts;
    }

    static Put withoutSeal(long place) {
        return new Put(Family.STATE, name(SEAL, place), null);
    }

    private static byte[] name(String kind, long place) {
        return text(kind + HexFormat.of().toHexDigits(place));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
