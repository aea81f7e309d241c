/*
 * Kernels of the engine "cuda", compiled for the card when it is first used.
 *
 * Activations are float32 and row-major: [N, units], or [N, H, W, C] of images ("rows" below are
 * all pixels of all examples, "columns" channels or units). No kernel adds atomically: each result
 * is summed up by one thread, or by one block in a fixed order, so that equal calls give equal
 * bits. Long sums run in float64.
 *
 * settings: see Settings.java.
 */

#define RATE settings[0]
#define MOMENTUM settings[1]
#define DECAY settings[2]
/* Of Adam, with its corrections for the step. */
#define STEP_SIZE settings[7]
#define CORRECTION settings[8]

/* A block of 32 x 16 threads sums up columns: lane x is a column, y strides over the rows. */
#define LANES 32
#define STRIDES 16

typedef long long wide;

/* Divisions of 64-bit numbers are slow: elements are counted in 32 bits. */
__device__ static unsigned element() { return blockIdx.x * blockDim.x + threadIdx.x; }

/** A NaN stays one. */
__device__ static float rectified(float x) { return x < 0 ? 0 : x; }

/** Where element i of [N, places, channels] lies in [N, channels, places]. */
__device__ static unsigned channelsFirst(unsigned i, unsigned channels, unsigned places) {
  unsigned row = i / channels;
  return (row / places * channels + i % channels) * places + row % places;
}

/**
 * v = momentum v + g + decay w; w = w - rate v. Without momentum the velocity is not kept. Where
 * gradients are gathered, this one is, and nothing moves.
 */
__device__ static void update(float *value, float *momentum, float *gathered, unsigned i,
                              double gradient, const float *settings) {
  if (gathered) {
    gathered[i] = (float)gradient;
    return;
  }
  double v = MOMENTUM != 0 ? (double)MOMENTUM * momentum[i] + gradient : gradient;
  value[i] = (float)(value[i] - RATE * v);
  if (MOMENTUM != 0) {
    momentum[i] = (float)v;
  }
}

/** The sum over the strides of a block, in thread row 0. */
__device__ static double overStrides(double sum) {
  __shared__ double sums[STRIDES][LANES];
  __syncthreads();
  sums[threadIdx.y][threadIdx.x] = sum;
  __syncthreads();
  double total = 0;
  for (int y = 0; y < STRIDES; y++) {
    total += sums[y][threadIdx.x];
  }
  return total;
}

/* ---------------------------------------------------------------- elements */

/** z = z + b, then a ReLU where there is one. */
extern "C" __global__ void addBiases(float *z, const float *biases, unsigned count, int columns,
                                     int relu) {
  unsigned i = element();
  if (i < count) {
    float y = z[i] + biases[i % columns];
    z[i] = relu ? rectified(y) : y;
  }
}

/** y = max(x, 0). */
extern "C" __global__ void rectify(const float *x, unsigned count, float *y) {
  unsigned i = element();
  if (i < count) {
    y[i] = rectified(x[i]);
  }
}

/** y = x Phi(x), exact. */
extern "C" __global__ void gelu(const float *x, unsigned count, float *y) {
  unsigned i = element();
  if (i < count) {
    y[i] = x[i] * normcdff(x[i]);
  }
}

/** In place: d = (Phi(x) + x phi(x)) d. */
extern "C" __global__ void geluGradient(const float *x, unsigned count, float *d) {
  unsigned i = element();
  if (i < count) {
    d[i] *= normcdff(x[i]) + x[i] * 0.3989422804f * expf(-0.5f * x[i] * x[i]);
  }
}

/** y = tanh(x). */
extern "C" __global__ void hyperbolicTangent(const float *x, unsigned count, float *y) {
  unsigned i = element();
  if (i < count) {
    y[i] = tanhf(x[i]);
  }
}

/** In place: d = (1 - tanh(x)^2) d. */
extern "C" __global__ void hyperbolicTangentGradient(const float *x, unsigned count, float *d) {
  unsigned i = element();
  if (i < count) {
    float y = tanhf(x[i]);
    d[i] *= 1 - y * y;
  }
}

/** Some columns of rows, from one matrix to another: `count` values. */
extern "C" __global__ void copyColumns(const float *from, int fromColumns, int fromFirst, float *to,
                                       int toColumns, int toFirst, int columns, unsigned count) {
  unsigned i = element();
  if (i < count) {
    wide row = i / columns;
    int column = i % columns;
    to[row * toColumns + toFirst + column] = from[row * fromColumns + fromFirst + column];
  }
}

/** y = a + b; b may be absent, and y may be one of them. */
extern "C" __global__ void sumOf(const float *a, const float *b, unsigned count, float *y) {
  unsigned i = element();
  if (i < count) {
    y[i] = b ? a[i] + b[i] : a[i];
  }
}

/** d = 0 where the output of a ReLU is 0; the output repeats after `period` elements. */
extern "C" __global__ void maskByOutput(float *d, const float *output, unsigned count, unsigned period) {
  unsigned i = element();
  if (i < count && !(output[i % period] > 0)) {
    d[i] = 0;
  }
}

/** y = (x + noise) mask; noise and mask, each may be absent, are [N, channels, places]. */
extern "C" __global__ void disturb(const float *x, const float *noise, const float *mask, float *y,
                                   unsigned count, int channels, int places) {
  unsigned i = element();
  if (i < count) {
    wide at = channelsFirst(i, channels, places);
    float disturbed = noise ? x[i] + noise[at] : x[i];
    y[i] = mask ? disturbed * mask[at] : disturbed;
  }
}

/** After the weights' gradient has been added to the velocities: v += decay w; w -= rate v. */
extern "C" __global__ void followMomentum(float *weights, float *momentum, unsigned count,
                                          const float *settings) {
  unsigned i = element();
  if (i < count) {
    float v = momentum[i] + DECAY * weights[i];
    momentum[i] = v;
    weights[i] -= RATE * v;
  }
}

/** One update of biases by the column sums of dz [rows, columns]. */
extern "C" __global__ void updateBiases(const float *dz, int rows, int columns, float *biases,
                                        float *momentum, float *gathered,
                                        const float *settings) {
  int column = blockIdx.x * LANES + threadIdx.x;
  double sum = 0;
  if (column < columns) {
#pragma unroll 8
    for (int row = threadIdx.y; row < rows; row += STRIDES) {
      sum += dz[row * columns + column];
    }
  }
  double gradient = overStrides(sum);
  if (threadIdx.y == 0 && column < columns) {
    update(biases, momentum, gathered, column, gradient, settings);
  }
}

/** The sum of the squares of a gathered gradient, by one block of 256 threads. */
extern "C" __global__ void squaresOf(const float *gathered, unsigned count, double *squares) {
  __shared__ double sums[256];
  double own = 0;
  for (unsigned i = threadIdx.x; i < count; i += 256) {
    own += (double)gathered[i] * gathered[i];
  }
  sums[threadIdx.x] = own;
  __syncthreads();
  if (threadIdx.x == 0) {
    double all = 0;
    for (int i = 0; i < 256; i++) {
      all += sums[i];
    }
    *squares = all;
  }
}

/* Which optimiser moves gathered gradients. */
#define SGD 0
#define NESTEROV 1
#define ADAM 2
#define ADAMW 3

/**
 * One update of a parameter by its gathered gradient, clipped where the squares of all gradients are
 * given; "first" and "second" are what the optimiser keeps, and may be absent.
 */
extern "C" __global__ void moveGathered(float *value, float *first, float *second,
                                        const float *gathered, unsigned count, int optimizer,
                                        int decayed, double beta2, double epsilon,
                                        const double *squares, double clipNorm,
                                        const float *settings) {
  unsigned i = element();
  if (i >= count) {
    return;
  }
  double clipping = squares ? clipNorm / (sqrt(*squares) + 1e-6) : 1;
  /* Written so that a NaN stays one. */
  double g = clipping >= 1 ? gathered[i] : clipping * gathered[i];
  double decay = decayed ? DECAY : 0;
  double w = value[i];
  if (optimizer == SGD || optimizer == NESTEROV) {
    g += decay * w;
    double v = g;
    if (first) {
      v += (double)MOMENTUM * first[i];
      first[i] = (float)v;
    }
    value[i] = (float)(w - RATE * (optimizer == NESTEROV ? g + MOMENTUM * v : v));
    return;
  }
  if (optimizer == ADAM) {
    g += decay * w;
  } else {
    w *= 1 - RATE * decay;
  }
  double m = (double)MOMENTUM * first[i] + (1 - (double)MOMENTUM) * g;
  double s = beta2 * second[i] + (1 - beta2) * g * g;
  first[i] = (float)m;
  second[i] = (float)s;
  value[i] = (float)(w - STEP_SIZE * m / (sqrt(s) / CORRECTION + epsilon));
}

/* -------------------------------------------------------------------- loss */

#define CROSS_ENTROPY 0
#define SQUARED_OF_PROBABILITIES 1
#define SQUARED_OF_LOGITS 2
#define SHIFTED_LOG 3

/** The derivative of a loss by the probability of class k, or by its logit. */
__device__ static double slope(int loss, double q, bool own, int classes) {
  if (loss == SHIFTED_LOG) {
    return own ? -1 / (classes * (0.1 + q)) : 0;
  }
  return 2 * (q - (own ? 1 : 0)) / classes;
}

/**
 * One row: the loss and its gradient, both without the weight of the example, of losses that are no
 * cross-entropy.
 */
__device__ static double otherLoss(int loss, const float *row, int classes, int label, double peak,
                                   double sum, double weight, float *gradient) {
  double value = 0;
  double mean = 0;
  for (int k = 0; k < classes; k++) {
    double q = loss == SQUARED_OF_LOGITS ? row[k] : exp(row[k] - peak) / sum;
    double u = slope(loss, q, k == label, classes);
    mean += q * u;
    if (loss == SHIFTED_LOG) {
      value += k == label ? -log(0.1 + q) / classes : 0;
    } else {
      double difference = q - (k == label ? 1 : 0);
      value += difference * difference / classes;
    }
  }
  for (int k = 0; k < classes; k++) {
    double q = loss == SQUARED_OF_LOGITS ? row[k] : exp(row[k] - peak) / sum;
    double u = slope(loss, q, k == label, classes);
    gradient[k] = (float)(weight * (loss == SQUARED_OF_LOGITS ? u : q * (u - mean)));
  }
  return value;
}

/**
 * Of each row of logits z [N, K]: the weighted loss, its gradient and the probabilities; losses and
 * probabilities may be absent. A negative label stands for the first of the largest logits; absent
 * weights are all 1. Smoothing is that of the labels of the cross-entropy, whose gradient is w (p -
 * target).
 */
extern "C" __global__ void lossOf(const float *z, const int *labels, const double *weights, int n,
                                  int classes, int loss, double smoothing, double *losses,
                                  float *gradient, float *probabilities) {
  unsigned i = element();
  if (i >= n) {
    return;
  }
  const float *row = z + (wide)i * classes;
  int best = 0;
  for (int k = 1; k < classes; k++) {
    if (row[k] > row[best]) {
      best = k;
    }
  }
  double peak = row[best];
  double sum = 0;
  for (int k = 0; k < classes; k++) {
    sum += exp(row[k] - peak);
  }
  int label = labels[i] < 0 ? best : labels[i];
  double weight = weights ? weights[i] : 1;
  double others = smoothing / classes;
  double own = 1 - smoothing + others;
  double value = log(sum) + peak - own * row[label];
  for (int k = 0; k < classes; k++) {
    double p = exp(row[k] - peak) / sum;
    gradient[i * classes + k] = (float)(weight * (p - (k == label ? own : others)));
    if (others != 0 && k != label) {
      value -= others * row[k];
    }
    if (probabilities) {
      probabilities[i * classes + k] = (float)p;
    }
  }
  if (loss != CROSS_ENTROPY) {
    float *out = gradient + (wide)i * classes;
    value = otherLoss(loss, row, classes, label, peak, sum, weight, out);
  }
  if (losses) {
    losses[i] = weight * value;
  }
}

/** The sum of n numbers, by one block of 256 threads. */
extern "C" __global__ void total(const double *terms, int n, double *sum) {
  __shared__ double sums[256];
  double own = 0;
  for (int i = threadIdx.x; i < n; i += 256) {
    own += terms[i];
  }
  sums[threadIdx.x] = own;
  for (int half = 128; half > 0; half /= 2) {
    __syncthreads();
    if (threadIdx.x < half) {
      sums[threadIdx.x] += sums[threadIdx.x + half];
    }
  }
  if (threadIdx.x == 0) {
    *sum = sums[0];
  }
}

/* ----------------------------------------------------------------- windows */

/**
 * Patches [N outHeight outWidth, size size channels] under a window; one block for each row of
 * them. The image of example n has value (y, x, c) at n perImage + y perRow + x perPixel + c
 * perChannel.
 */
extern "C" __global__ void cutPatches(const float *images, wide perImage, int perRow, int perPixel,
                                      int perChannel, int height, int width, int channels,
                                      int outHeight, int outWidth, int size, int stride, int top,
                                      int left, float *patches) {
  int places = outHeight * outWidth;
  int place = blockIdx.x % places;
  const float *image = images + blockIdx.x / places * perImage;
  int y0 = place / outWidth * stride - top;
  int x0 = place % outWidth * stride - left;
  int columns = size * size * channels;
  float *row = patches + (wide)blockIdx.x * columns;
  for (int column = threadIdx.x; column < columns; column += blockDim.x) {
    int c = column % channels;
    int tap = column / channels;
    int y = y0 + tap / size;
    int x = x0 + tap % size;
    bool inside = y >= 0 && y < height && x >= 0 && x < width;
    row[column] =
        inside ? image[(wide)y * perRow + (wide)x * perPixel + (wide)c * perChannel] : 0;
  }
}

/**
 * The transpose of cutPatches: each value of the images sums up its places in the patches. One
 * block for each row of pixels.
 */
extern "C" __global__ void pastePatches(const float *patches, wide perImage, int perRow,
                                        int perPixel, int perChannel, int height, int width,
                                        int channels, int outHeight, int outWidth, int size,
                                        int stride, int top, int left, float *images) {
  int y = blockIdx.x % height;
  wide n = blockIdx.x / height;
  float *row = images + n * perImage + (wide)y * perRow;
  int firstRow = max(0, (y + top - size + stride) / stride);
  int lastRow = min(outHeight - 1, (y + top) / stride);
  for (int i = threadIdx.x; i < width * channels; i += blockDim.x) {
    int x = i / channels;
    int c = i - x * channels;
    int firstColumn = max(0, (x + left - size + stride) / stride);
    int lastColumn = min(outWidth - 1, (x + left) / stride);
    float sum = 0;
    for (int oy = lastRow; oy >= firstRow; oy--) {
      int ky = y + top - oy * stride;
      for (int ox = lastColumn; ox >= firstColumn; ox--) {
        int kx = x + left - ox * stride;
        wide place = (n * outHeight + oy) * outWidth + ox;
        sum += patches[(place * size * size + ky * size + kx) * channels + c];
      }
    }
    row[(wide)x * perPixel + (wide)c * perChannel] = sum;
  }
}

/**
 * Largest value of each window and its pixel; of equal ones the first; a NaN is the largest. One
 * block for each row of windows.
 */
extern "C" __global__ void poolLargest(const float *x, int height, int width, int channels,
                                       int outHeight, int outWidth, int size, int stride, int top,
                                       int left, float *y, int *chosen) {
  int y0 = blockIdx.x % outHeight * stride - top;
  const float *image = x + (wide)(blockIdx.x / outHeight) * height * width * channels;
  wide out = (wide)blockIdx.x * outWidth * channels;
  for (int i = threadIdx.x; i < outWidth * channels; i += blockDim.x) {
    int ox = i / channels;
    int c = i - ox * channels;
    int x0 = ox * stride - left;
    int best = -1;
    float largest = 0;
    for (int row = max(y0, 0); row < min(y0 + size, height); row++) {
      for (int column = max(x0, 0); column < min(x0 + size, width); column++) {
        int pixel = row * width + column;
        float value = image[pixel * channels + c];
        if (best < 0 || value > largest || (value != value && largest == largest)) {
          best = pixel;
          largest = value;
        }
      }
    }
    y[out + i] = largest;
    chosen[out + i] = best;
  }
}

/** Each pixel sums up the gradients of the windows that chose it. One block for each row. */
extern "C" __global__ void poolGradient(const float *dy, const int *chosen, int height, int width,
                                        int channels, int outHeight, int outWidth, int size,
                                        int stride, int top, int left, float *dx) {
  int row = blockIdx.x % height;
  wide windows = (wide)(blockIdx.x / height) * outHeight * outWidth * channels;
  int firstRow = max(0, (row + top - size + stride) / stride);
  int lastRow = min(outHeight - 1, (row + top) / stride);
  wide in = (wide)blockIdx.x * width * channels;
  for (int i = threadIdx.x; i < width * channels; i += blockDim.x) {
    int column = i / channels;
    int c = i - column * channels;
    int firstColumn = max(0, (column + left - size + stride) / stride);
    int lastColumn = min(outWidth - 1, (column + left) / stride);
    float sum = 0;
    for (int oy = firstRow; oy <= lastRow; oy++) {
      for (int ox = firstColumn; ox <= lastColumn; ox++) {
        wide at = windows + (oy * outWidth + ox) * channels + c;
        if (chosen[at] == row * width + column) {
          sum += dy[at];
        }
      }
    }
    dx[in + i] = sum;
  }
}

/** Pixels of a side that lie under a window which begins at `first`. */
__device__ static int covered(int first, int size, int side) {
  return min(first + size, side) - max(first, 0);
}

/** Mean of the pixels of each window. One block for each row of windows. */
extern "C" __global__ void poolMean(const float *x, int height, int width, int channels,
                                    int outHeight, int outWidth, int size, int stride, int top,
                                    int left, float *y) {
  int y0 = blockIdx.x % outHeight * stride - top;
  const float *image = x + (wide)(blockIdx.x / outHeight) * height * width * channels;
  wide out = (wide)blockIdx.x * outWidth * channels;
  for (int i = threadIdx.x; i < outWidth * channels; i += blockDim.x) {
    int ox = i / channels;
    int c = i - ox * channels;
    int x0 = ox * stride - left;
    float sum = 0;
    for (int row = max(y0, 0); row < min(y0 + size, height); row++) {
      for (int column = max(x0, 0); column < min(x0 + size, width); column++) {
        sum += image[(row * width + column) * channels + c];
      }
    }
    y[out + i] = sum / (covered(y0, size, height) * covered(x0, size, width));
  }
}

/** Each pixel sums up its shares of the gradients of its windows. One block for each row. */
extern "C" __global__ void poolMeanGradient(const float *dy, int height, int width, int channels,
                                            int outHeight, int outWidth, int size, int stride,
                                            int top, int left, float *dx) {
  int row = blockIdx.x % height;
  wide windows = (wide)(blockIdx.x / height) * outHeight * outWidth * channels;
  int firstRow = max(0, (row + top - size + stride) / stride);
  int lastRow = min(outHeight - 1, (row + top) / stride);
  wide in = (wide)blockIdx.x * width * channels;
  for (int i = threadIdx.x; i < width * channels; i += blockDim.x) {
    int column = i / channels;
    int c = i - column * channels;
    int firstColumn = max(0, (column + left - size + stride) / stride);
    int lastColumn = min(outWidth - 1, (column + left) / stride);
    float sum = 0;
    for (int oy = firstRow; oy <= lastRow; oy++) {
      int rows = covered(oy * stride - top, size, height);
      for (int ox = firstColumn; ox <= lastColumn; ox++) {
        int pixels = rows * covered(ox * stride - left, size, width);
        sum += dy[windows + (oy * outWidth + ox) * channels + c] / pixels;
      }
    }
    dx[in + i] = sum;
  }
}

/* ------------------------------------------------------ batch normalisation */

/** Sums of x and of x^2 over chunks of rows, both [gridDim.y, columns]. */
extern "C" __global__ void sumMoments(const float *x, int rows, int columns, int chunk,
                                      double *sums, double *squares) {
  int column = blockIdx.x * LANES + threadIdx.x;
  int first = blockIdx.y * chunk;
  int end = min(rows, first + chunk);
  double sum = 0;
  double square = 0;
  if (column < columns) {
#pragma unroll 4
    for (int row = first + threadIdx.y; row < end; row += STRIDES) {
      double value = x[row * columns + column];
      sum += value;
      square += value * value;
    }
  }
  double allSum = overStrides(sum);
  double allSquare = overStrides(square);
  if (threadIdx.y == 0 && column < columns) {
    sums[blockIdx.y * columns + column] = allSum;
    squares[blockIdx.y * columns + column] = allSquare;
  }
}

/** The sum of each column over chunks, in thread row 0. */
__device__ static double overChunks(const double *partial, int chunks, int columns, int column) {
  double sum = 0;
  if (column < columns) {
#pragma unroll 4
    for (int chunk = threadIdx.y; chunk < chunks; chunk += STRIDES) {
      sum += partial[chunk * columns + column];
    }
  }
  return overStrides(sum);
}

/**
 * Mean and 1 / sqrt(variance + epsilon) of each column from its sums over chunks, and running
 * averages of mean and variance. In float64 the difference of squares loses nothing that counts.
 */
extern "C" __global__ void finishMoments(const double *sums, const double *squares, int chunks,
                                         int rows, int columns, double kept, double epsilon,
                                         float *mean, float *inverse, float *runningMean,
                                         float *runningVariance) {
  int column = blockIdx.x * LANES + threadIdx.x;
  double sum = overChunks(sums, chunks, columns, column);
  double square = overChunks(squares, chunks, columns, column);
  if (threadIdx.y != 0 || column >= columns) {
    return;
  }
  double average = sum / rows;
  double variance = max(square / rows - average * average, 0.0);
  mean[column] = (float)average;
  inverse[column] = (float)(1 / sqrt(variance + epsilon));
  runningMean[column] = (float)(kept * runningMean[column] + (1 - kept) * average);
  runningVariance[column] = (float)(kept * runningVariance[column] + (1 - kept) * variance);
}

/** Variances become 1 / sqrt(variance + epsilon). */
extern "C" __global__ void invertDeviations(const float *variance, int columns, double epsilon,
                                            float *inverse) {
  unsigned column = element();
  if (column < columns) {
    inverse[column] = (float)(1 / sqrt(variance[column] + epsilon));
  }
}

/** y = scale (x - mean) inverse + shift, then a ReLU where there is one. */
extern "C" __global__ void normalize(const float *x, const float *mean, const float *inverse,
                                     const float *scale, const float *shift, unsigned count,
                                     int columns, int relu, float *y) {
  unsigned i = element();
  if (i < count) {
    unsigned c = i % columns;
    float normal = scale[c] * ((x[i] - mean[c]) * inverse[c]) + shift[c];
    y[i] = relu ? rectified(normal) : normal;
  }
}

/**
 * With g = dL/dy, 0 where a ReLU that follows has y = 0: sums of g and of g (x - mean) inverse over chunks of rows,
 * both [gridDim.y, columns].
 */
extern "C" __global__ void sumPulls(const float *dy, const float *y, const float *x,
                                    const float *mean, const float *inverse, int rows, int columns,
                                    int chunk, int relu, double *shifts, double *scales) {
  int column = blockIdx.x * LANES + threadIdx.x;
  int first = blockIdx.y * chunk;
  int end = min(rows, first + chunk);
  double shift = 0;
  double scale = 0;
  if (column < columns) {
    float center = mean[column];
    float factor = inverse[column];
#pragma unroll 4
    for (int row = first + threadIdx.y; row < end; row += STRIDES) {
      int i = row * columns + column;
      float g = !relu || y[i] > 0 ? dy[i] : 0;
      shift += g;
      scale += g * ((x[i] - center) * factor);
    }
  }
  double allShift = overStrides(shift);
  double allScale = overStrides(scale);
  if (threadIdx.y == 0 && column < columns) {
    shifts[blockIdx.y * columns + column] = allShift;
    scales[blockIdx.y * columns + column] = allScale;
  }
}

/** Of both sums over chunks: the total, and the mean over all rows. */
extern "C" __global__ void finishPulls(const double *shifts, const double *scales, int chunks,
                                       int rows, int columns, double *totals, float *means) {
  int column = blockIdx.x * LANES + threadIdx.x;
  double shift = overChunks(shifts, chunks, columns, column);
  double scale = overChunks(scales, chunks, columns, column);
  if (threadIdx.y == 0 && column < columns) {
    totals[column] = shift;
    totals[columns + column] = scale;
    means[column] = (float)(shift / rows);
    means[columns + column] = (float)(scale / rows);
  }
}

/** One update of shifts and scales by their gradients, the totals of finishPulls. */
extern "C" __global__ void updateNormalization(float *shift, float *shiftMomentum,
                                               float *gatheredShift, float *scale,
                                               float *scaleMomentum, float *gatheredScale,
                                               const double *totals, int columns,
                                               const float *settings) {
  unsigned i = element();
  if (i < columns) {
    update(shift, shiftMomentum, gatheredShift, i, totals[i], settings);
    if (scale != nullptr) {
      update(scale, scaleMomentum, gatheredScale, i, totals[columns + i], settings);
    }
  }
}

/**
 * In place: d = scale inverse (g - mean of g - xhat (mean of g xhat)), and scale inverse g where the
 * statistics are constants.
 */
extern "C" __global__ void normalizeGradient(float *d, const float *y, const float *x,
                                             const float *mean, const float *inverse,
                                             const float *scale, const float *means,
                                             unsigned count, int columns, int relu) {
  unsigned i = element();
  if (i < count) {
    unsigned c = i % columns;
    float g = !relu || y[i] > 0 ? d[i] : 0;
    if (means) {
      g -= means[c] + (x[i] - mean[c]) * inverse[c] * means[columns + c];
    }
    d[i] = scale[c] * inverse[c] * g;
  }
}

/* ------------------------------------------------------ layer normalisation */

/** The sum over a block of whole warps, 256 threads at most, in every thread. */
__device__ static double overBlock(double own) {
  __shared__ double sums[256];
  __syncthreads();
  sums[threadIdx.x] = own;
  __syncthreads();
  double all = 0;
  for (int i = 0; i < blockDim.x; i++) {
    all += sums[i];
  }
  return all;
}

/** y = scale (x - mean) inverse + shift, by mean and deviation of each row. One block a row. */
extern "C" __global__ void normalizeRows(const float *x, int columns, double epsilon,
                                         const float *scale, const float *shift, float *mean,
                                         float *inverse, float *y) {
  const float *row = x + (wide)blockIdx.x * columns;
  float *out = y + (wide)blockIdx.x * columns;
  double sum = 0;
  double square = 0;
  for (int i = threadIdx.x; i < columns; i += blockDim.x) {
    double value = row[i];
    sum += value;
    square += value * value;
  }
  double average = overBlock(sum) / columns;
  double variance = max(overBlock(square) / columns - average * average, 0.0);
  float center = (float)average;
  float factor = (float)(1 / sqrt(variance + epsilon));
  for (int i = threadIdx.x; i < columns; i += blockDim.x) {
    out[i] = scale[i] * ((row[i] - center) * factor) + shift[i];
  }
  if (threadIdx.x == 0) {
    mean[blockIdx.x] = center;
    inverse[blockIdx.x] = factor;
  }
}

/** dx = inverse (a - mean of a - xhat (mean of a xhat)), a = scale dy. One block a row. */
extern "C" __global__ void normalizeRowsGradient(const float *dy, const float *x, int columns,
                                                 const float *scale, const float *mean,
                                                 const float *inverse, float *dx) {
  wide first = (wide)blockIdx.x * columns;
  float center = mean[blockIdx.x];
  float factor = inverse[blockIdx.x];
  double sum = 0;
  double along = 0;
  for (int i = threadIdx.x; i < columns; i += blockDim.x) {
    double a = (double)scale[i] * dy[first + i];
    sum += a;
    along += a * ((x[first + i] - center) * factor);
  }
  float meanOfAll = (float)(overBlock(sum) / columns);
  float meanAlong = (float)(overBlock(along) / columns);
  for (int i = threadIdx.x; i < columns; i += blockDim.x) {
    float normal = (x[first + i] - center) * factor;
    dx[first + i] = factor * (scale[i] * dy[first + i] - meanOfAll - normal * meanAlong);
  }
}

/** One update of shifts and scales of columns by their gradients, summed up over rows. */
extern "C" __global__ void updateRowNormalization(const float *dy, const float *x,
                                                  const float *mean, const float *inverse,
                                                  int rows, int columns, float *shift,
                                                  float *shiftMomentum, float *gatheredShift,
                                                  float *scale, float *scaleMomentum,
                                                  float *gatheredScale, const float *settings) {
  int column = blockIdx.x * LANES + threadIdx.x;
  double ofShift = 0;
  double ofScale = 0;
  if (column < columns) {
    for (int row = threadIdx.y; row < rows; row += STRIDES) {
      wide i = (wide)row * columns + column;
      ofShift += dy[i];
      ofScale += dy[i] * ((x[i] - mean[row]) * inverse[row]);
    }
  }
  double shiftGradient = overStrides(ofShift);
  double scaleGradient = overStrides(ofScale);
  if (threadIdx.y == 0 && column < columns) {
    update(shift, shiftMomentum, gatheredShift, column, shiftGradient, settings);
    update(scale, scaleMomentum, gatheredScale, column, scaleGradient, settings);
  }
}

/* ----------------------------------------------- local response normalisation */

/** y = x / s^beta, s = k + alpha (sum of x^2 over channels at most `reach` away). */
extern "C" __global__ void normalizeResponse(const float *x, unsigned count, int channels,
                                             int reach, float alpha, float beta, float k,
                                             float *divisors, float *y) {
  unsigned i = element();
  if (i < count) {
    int c = i % channels;
    float sum = 0;
    for (int j = max(0, c - reach); j <= min(channels - 1, c + reach); j++) {
      float other = x[i + (j - c)];
      sum += other * other;
    }
    float s = k + alpha * sum;
    divisors[i] = s;
    y[i] = x[i] * powf(s, -beta);
  }
}

/** dx = dy s^-beta - 2 alpha beta x (sum of dy x s^(-beta - 1) over the same channels). */
extern "C" __global__ void normalizeResponseGradient(const float *dy, const float *x,
                                                     const float *divisors, unsigned count,
                                                     int channels, int reach, float alpha,
                                                     float beta, float *dx) {
  unsigned i = element();
  if (i < count) {
    int c = i % channels;
    float sum = 0;
    for (int j = max(0, c - reach); j <= min(channels - 1, c + reach); j++) {
      unsigned other = i + (j - c);
      sum += dy[other] * x[other] * powf(divisors[other], -beta - 1);
    }
    dx[i] = dy[i] * powf(divisors[i], -beta) - 2 * alpha * beta * x[i] * sum;
  }
}

/* ------------------------------------------------------ second derivatives */

/**
 * z [K, N, units] += biases of each direction, 0 where the ReLU after it is closed; outputs, absent
 * for logits, are [N, units].
 */
extern "C" __global__ void finishTangents(float *z, const float *biases, wide perDirection,
                                          const float *outputs, unsigned count, int n, int units) {
  unsigned i = element();
  if (i < count) {
    unsigned k = i / units / n;
    bool open = !outputs || outputs[i % ((unsigned)n * units)] > 0;
    z[i] = open ? z[i] + biases[k * perDirection + i % units] : 0;
  }
}

/**
 * In place, along tangents of the logits: weight times the second derivative of the loss; of the
 * cross-entropy, p tangent - p <p, tangent>.
 */
extern "C" __global__ void curveLoss(float *tangents, const float *probabilities,
                                     const int *labels, const double *weights, int n, int classes,
                                     int loss, unsigned rows) {
  unsigned row = element();
  if (row >= rows) {
    return;
  }
  const float *p = probabilities + row % n * classes;
  float *tangent = tangents + row * classes;
  double weight = weights[row % n];
  if (loss == SQUARED_OF_LOGITS) {
    for (int k = 0; k < classes; k++) {
      tangent[k] = (float)(weight * 2 * tangent[k] / classes);
    }
    return;
  }
  double mean = 0;
  for (int k = 0; k < classes; k++) {
    mean += (double)p[k] * tangent[k];
  }
  if (loss == CROSS_ENTROPY) {
    for (int k = 0; k < classes; k++) {
      tangent[k] = (float)(weight * p[k] * (tangent[k] - mean));
    }
    return;
  }
  /* With u the slopes by the probabilities: p' (u - <p, u>) + p (u' - <p', u> - <p, u'>). */
  int label = labels[row % n];
  double slopes = 0;
  double slopesDot = 0;
  for (int k = 0; k < classes; k++) {
    double moved = p[k] * (tangent[k] - mean);
    double u = slope(loss, p[k], k == label, classes);
    double shifted = 0.1 + p[k];
    double uDot = loss == SHIFTED_LOG ? (k == label ? moved / (classes * shifted * shifted) : 0)
                                      : 2 * moved / classes;
    slopes += p[k] * u;
    slopesDot += moved * u + p[k] * uDot;
  }
  for (int k = 0; k < classes; k++) {
    double moved = p[k] * (tangent[k] - mean);
    double u = slope(loss, p[k], k == label, classes);
    double shifted = 0.1 + p[k];
    double uDot = loss == SHIFTED_LOG ? (k == label ? moved / (classes * shifted * shifted) : 0)
                                      : 2 * moved / classes;
    tangent[k] = (float)(weight * (moved * (u - slopes) + p[k] * (uDot - slopesDot)));
  }
}

/** biases of each direction = kept biases + factor (sum of d [K, N, units] over N). */
extern "C" __global__ void foldBiases(const float *d, int n, int units, float *biases,
                                      wide perDirection, float factor, float kept, unsigned count) {
  unsigned i = element();
  if (i >= count) {
    return;
  }
  unsigned k = i / units;
  int unit = i % units;
  double sum = 0;
  for (int row = 0; row < n; row++) {
    sum += d[(wide)(k * n + row) * units + unit];
  }
  float *bias = biases + k * perDirection + unit;
  *bias = (float)((kept != 0 ? kept * (double)*bias : 0) + factor * sum);
}

/** influences[slot_i, k, j] -= rate mixed[k, i, j], example after example. */
extern "C" __global__ void addInfluences(const float *mixed, const int *slots, int n, int inputs,
                                         float rate, float *influences, wide perSlot, unsigned count) {
  unsigned i = element();
  if (i >= count) {
    return;
  }
  unsigned k = i / inputs;
  int j = i % inputs;
  for (int row = 0; row < n; row++) {
    if (slots[row] >= 0) {
      influences[slots[row] * perSlot + i] -= rate * mixed[(wide)(k * n + row) * inputs + j];
    }
  }
}
