package aiguillage.dataset.mark;

/// The bits of one recipient, at all positions. Safe from any thread.
final class Codeword {

    private final SipHash draws;

    Codeword(SipHash draws) {
        this.draws = draws;
    }

    boolean bit(Position position) {
        return bit(position.high(), position.low(), position.chance());
    }

    /// At the position that has this name and this bias.
    boolean bit(long high, long low, double chance) {
        return Code.share(draws.of(high, low)) < chance;
    }
}
