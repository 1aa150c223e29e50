/// One strict YAML file, read into records. Whatever is wrong with it is found in one go and reported with
/// file, line, column, the reason and the cure; nothing is passed over and nothing is guessed.
///
/// A section is a record whose components each carry a [Setting]; its keys are the component names in lower
/// case with dashes (`offeredFor` is `offered-for`). A component may be a `boolean`, `int`, `long`, `String`,
/// [java.time.Duration] (`14d`), [Bytes] (`256kB`), [Address] (`host:port`), [java.net.URI],
/// [java.nio.file.Path] (relative to the file's folder), [Secret], an enum, another section, a `List`, a `Map`,
/// any class made from one text (a static `of(String)` or a constructor), or a sealed interface that is either
/// a text or one of several sections. `@Nullable` ones and those with a fallback may be left out. Rules of a
/// section stand in its constructor: an `IllegalArgumentException` becomes a located problem.
///
/// YAML that could surprise is refused: aliases, anchors, tags, several documents, keys twice, values without a
/// value; size and depth have a bound ([Limits]).
///
/// **In:** a file or a text. **Out:** a [Read], or a [ConfigException] with every problem. **Knows:** nothing.
///
/// **Start at** [ConfigReader]. The reference and the sample file come from the same records: [Reference],
/// [Sample].
@NullMarked
package aiguillage.config;

import org.jspecify.annotations.NullMarked;
