package aiguillage.gateway.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the gateway says holds.
///
/// @param version that it is from
/// @param effective since when that version holds
/// @param until the next instant at which, by all that is known, it may be another; null: none is known
/// @param age for how long the hub has not confirmed it; null: not since the gateway started
/// @param stale null, or why it may be wrong or old: show it beside the price
/// @param rows by column; texts, also decimals (`new BigDecimal(row.get("price"))`). A null row, in the answer to many
///     keys: nothing holds for that key
/// @param next for the next page, or null
public record Answer(
        long version,
        Instant effective,
        @Nullable Instant until,
        @Nullable Duration age,
        @Nullable String stale,
        List<@Nullable Map<String, @Nullable String>> rows,
        @Nullable String next) {}
