package aiguillage.fuzz;

import static aiguillage.fuzz.Inputs.require;

import aiguillage.protocol.Position;
import java.util.List;

/// `Last-Event-ID`, and positions in paths.
final class PositionTarget implements Target {

    @Override
    public List<byte[]> seeds() {
        return Inputs.of("1", "9223372036854775807", "0", "-1");
    }

    @Override
    public void run(byte[] input) {
        try {
            Position position = Position.of(Inputs.text(input));
            require(position.value() > 0, "counts from 1");
            require(position.toString().equals(Inputs.text(input)), "has one form", position);
        } catch (IllegalArgumentException refused) {
            return;
        }
    }
}
