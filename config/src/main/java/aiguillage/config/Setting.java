package aiguillage.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What the operator must know of one key of the configuration. The reader obeys it, and the reference and the
/// sample file are written from it.
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Setting {

    /// What it is for, in one or two sentences.
    String text();

    /// What holds when the key is left out, as YAML: `14d`, `[delivered, expired]`, `{}` for a section of
    /// fallbacks. Without it the key is required, unless the component is `@Nullable`.
    String fallback() default "";

    /// The least value allowed, as it would be written in the file; empty: no bound.
    String min() default "";

    /// The greatest value allowed, as it would be written in the file; empty: no bound.
    String max() default "";

    /// How the reference names the type, where the type's own name says too little.
    String unit() default "";

    /// What the sample file shows, as YAML on one line; needed where the key is required. Of a map, the key shown.
    String example() default "";

    /// Whether a list may be written as its only element.
    boolean oneOrMany() default false;
}
