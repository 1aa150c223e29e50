package aiguillage.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A key that a section had once: still known, so that whoever upgrades is told what replaced it.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Removed.All.class)
public @interface Removed {

    String key();

    /// What to write now, as a sentence.
    String instead();

    /// Several removed keys of one section.
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @interface All {
        Removed[] value();
    }
}
