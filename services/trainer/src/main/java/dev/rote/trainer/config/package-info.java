/** Settings of the deployment. */
@NullMarked
package dev.rote.trainer.config;

import org.jspecify.annotations.NullMarked;
