/// Reads a published file row by row, in constant memory, whatever it is: lines of cells, JSON Lines, or STAR's
/// ShowPartsPriceList.
///
/// **In:** bytes from a publisher, and the [Format] that was declared for them. **Out:** a [Line] per row, its
/// cells as texts that nobody has checked yet, and where each column stands in them ([Layout]).
///
/// Bytes come from outside, so everything is bounded: lines ([Lines#BYTES_MAX]), members, elements, depth;
/// nothing is fetched for an XML document. What is wrong with one line is an [Unreadable], and reading goes on;
/// a [BadLine] ends it. Neither says what the line holds, for it may be sensitive.
///
/// Who knows what becomes of the lines may have a [Glance] at their bytes first: where that is enough, nothing
/// is decoded.
///
/// **Start at** [Format#open]. **Knows:** `schema`, `row`, `xml`. **Tests:** `LinesTest`, `SeparatedTest`,
/// `JsonLinesTest`, `PriceListTest`, and in `publish` `PlainLinesTest`.
@NullMarked
package aiguillage.dataset.source;

import org.jspecify.annotations.NullMarked;
