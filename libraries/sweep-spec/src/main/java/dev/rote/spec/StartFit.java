package dev.rote.spec;

import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import dev.rote.v1.StartSpec;

/**
 * What a model starts from, to be looked at before any work.
 *
 * @param model all defaults filled in
 * @param shape of one example
 * @param classes that the model tells apart
 */
public record StartFit(StartSpec start, ModelSpec model, Shape shape, int classes) {}
