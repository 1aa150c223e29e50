package aiguillage.dataset.mark;

/// What an excerpt says of one recipient.
///
/// @param score the natural logarithm of how much better the excerpt is explained by this recipient's copy than
///     by chance ([Evidence])
/// @param share of the excerpt that, by the best explanation, came from its copy; roughly
/// @param innocentMax the probability, at most, that any recipient at all reaches this score without having to
///     do with the excerpt; a proven bound
/// @param accused whether that is as little as was asked for
public record Suspect(String recipient, double score, double share, double innocentMax, boolean accused) {}
