/** Bearer tokens of an OpenID Connect issuer. */
@NullMarked
package dev.rote.access.oidc;

import org.jspecify.annotations.NullMarked;
