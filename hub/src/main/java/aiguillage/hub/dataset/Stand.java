package aiguillage.hub.dataset;

import aiguillage.hub.entry.Entry;
import org.jspecify.annotations.Nullable;

/// How a dataset stands at an instant.
///
/// @param newest the version that stands last, or null
/// @param holding the version that holds, or null
/// @param toCome how many versions stand that do not hold yet
public record Stand(Entry.@Nullable VersionPublished newest, Entry.@Nullable VersionPublished holding, int toCome) {}
