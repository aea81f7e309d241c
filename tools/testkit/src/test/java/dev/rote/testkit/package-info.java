@org.jspecify.annotations.NullMarked
package dev.rote.testkit;
