/** Making variants: from a spec to shards and a manifest in object storage. */
@NullMarked
package dev.rote.corruption.variants;

import org.jspecify.annotations.NullMarked;
