package aiguillage.hub.schema;

import aiguillage.protocol.Digest;

/// A schema ready for use, from any thread.
public sealed interface CompiledSchema permits XmlSchema, JsonSchema {

    /// Its name below the schema folder.
    String name();

    /// Over the schema's file and every file it includes, with their names: two hubs that show the same digest
    /// check documents alike.
    Digest digest();
}
