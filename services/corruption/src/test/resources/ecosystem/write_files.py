"""Writes the same examples in the formats that people have, with the tools that they have.

write_files.py SOURCE TARGET: reads images.npy (uint8 [n, 28, 28]), labels.npy and colours.npy (uint8
[n, 3, 32, 32]) in SOURCE, and writes into TARGET.
"""
import io
import os
import pickle
import sys

import numpy as np
import pandas as pd
from PIL import Image

source, target = sys.argv[1:]
images = np.load(os.path.join(source, "images.npy"))
labels = np.load(os.path.join(source, "labels.npy"))
colours = np.load(os.path.join(source, "colours.npy"))
n = len(images)


def path(*parts):
    name = os.path.join(target, *parts)
    os.makedirs(os.path.dirname(name), exist_ok=True)
    return name


# NumPy: two archives, and arrays of other orders, layouts and types.
np.savez_compressed(path("packed.npz"), x_train=images, y_train=labels.astype("int64"), x_test=images[::-1],
                    y_test=labels[::-1])
np.savez(path("medical.npz"), train_images=images, train_labels=labels[:, None], val_images=images[:50],
         val_labels=labels[:50, None])
np.save(path("labels.npy"), labels.astype(">i4"))
np.save(path("names.npy"), np.array(["digit %d" % label for label in labels]))
np.save(path("fortran.npy"), np.asfortranarray(images))
np.save(path("wide.npy"), images.astype("int64"))
np.save(path("floats.npy"), (images / np.float32(255)).astype("float32"))
np.save(path("halves.npy"), (images / 255).astype("float16"))
np.save(path("doubles.npy"), (images.reshape(n, -1) / 255).astype(">f8"))
np.save(path("last.npy"), np.ascontiguousarray(colours.transpose(0, 2, 3, 1)))
np.save(path("first.npy"), colours)
np.save(path("flat.npy"), images.reshape(n, -1))
np.save(path("objects.npy"), np.array([images[0], None], dtype=object), allow_pickle=True)



def idx(name, array):
    """As the format is described: a type, the number of dimensions, their sizes, big endian."""
    kinds = {"u1": 8, "i1": 9, "i2": 11, "i4": 12, "f4": 13, "f8": 14}
    with open(path(name), "wb") as file:
        file.write(bytes([0, 0, kinds[array.dtype.str[1:]], array.ndim]))
        file.write(np.array(array.shape, ">u4").tobytes())
        array.astype(array.dtype.newbyteorder(">")).tofile(file)


for kind in ("u1", "i2", "i4", "f4", "f8"):
    idx("%s.idx" % kind, images.astype(kind))
idx("labels.idx", labels)
# Labels as EMNIST's letters have them, from 1, and as QMNIST has them, the first of eight columns.
idx("letters.idx", labels + 1)
columns = np.arange(8 * n, dtype="i4").reshape(n, 8)
columns[:, 0] = labels
idx("qmnist.idx", columns)

# Tables.
frame = pd.DataFrame(images.reshape(n, -1), columns=["p%d" % p for p in range(784)])
frame.insert(0, "label", labels)
frame.to_csv(path("pixels.csv"), index=False)
frame.to_csv(path("pixels.csv.gz"), index=False)
measures = pd.DataFrame({"mean": images.reshape(n, -1).mean(1), "some, quoted": images[:, 14, 14] / 7,
                         "kind": ["k%d" % label for label in labels]})
measures.to_csv(path("measures.csv"))
measures.to_csv(path("measures.tsv"), sep="\t", index=False)

# Folders of pictures.
names = []
for i, (image, label) in enumerate(zip(images, labels)):
    Image.fromarray(image).save(path("folder", "c%d" % label, "%05d.png" % i))
    Image.fromarray(image).save(path("loose", "%05d.png" % i))
    names.append("%05d.png" % i)
pd.DataFrame({"file": names, "label": labels}).to_csv(path("loose.csv"), index=False)
decoded = []
for i, (image, label) in enumerate(zip(colours, labels)):
    name = path("photos", "c%d" % label, "%05d.jpg" % i)
    Image.fromarray(image.transpose(1, 2, 0)).save(name, quality=90)
    decoded.append(np.asarray(Image.open(name).convert("RGB")).transpose(2, 0, 1))
np.save(path("photos.npy"), np.stack(decoded))
grey = [np.asarray(Image.open(path("photos", "c%d" % label, "%05d.jpg" % i)).convert("RGB").convert("L"))
        for i, label in enumerate(labels)]
np.save(path("grey.npy"), np.stack(grey))

# Pictures of unlike sizes, as PIL brings them to one.
small = []
for i in range(40):
    image = Image.fromarray(colours[i].transpose(1, 2, 0)).resize((20 + i, 64 - i), Image.BICUBIC)
    image.save(path("unlike", "c%d" % labels[i], "%05d.png" % i))
    small.append(np.asarray(image.resize((24, 16), Image.BILINEAR)).transpose(2, 0, 1))
np.save(path("resized.npy"), np.stack(small))

# Modes of PNG.
def png(name, image):
    image.save(path("modes", "a" if int(name[0]) % 2 else "b", name + ".png"))

png("0grey", Image.fromarray(images[0]))
png("1palette", Image.fromarray(images[1]).convert("P"))
png("2rgb", Image.fromarray(images[2]).convert("RGB"))
png("3transparent", Image.fromarray(images[3]).convert("LA"))
png("4bit", Image.fromarray(images[4]).point(lambda v: 255 * (v > 127)).convert("1"))
png("5rgba", Image.fromarray(images[5]).convert("RGBA"))

# PNG and JPEG as dataset hubs have them, for a writer of Parquet.
encoded = path("encoded", "0")
for i, image in enumerate(images):
    out = io.BytesIO()
    Image.fromarray(image).save(out, format="PNG")
    with open(path("encoded", "%05d" % i), "wb") as file:
        file.write(out.getvalue())

# The same by pyarrow, where it is.
try:
    import pyarrow as pa
    import pyarrow.parquet as pq
except ImportError:
    pa = None
if pa:
    pictures = [{"bytes": open(path("encoded", "%05d" % i), "rb").read(), "path": "%05d.png" % i} for i in range(n)]
    pq.write_table(pa.table({"image": pictures, "label": labels}), path("arrow.parquet"))

# CIFAR's Python version, as Python 2 wrote it and as Python 3 does.
batch = {b"batch_label": b"a batch", b"labels": [int(label) for label in labels],
         b"data": colours.reshape(n, -1), b"filenames": [b"%05d.png" % i for i in range(n)]}
with open(path("python3_batch"), "wb") as file:
    pickle.dump(batch, file, protocol=4)

# The versions of CIFAR-100: a coarse label and a fine one, which counts.
with open(path("hundred.bin"), "wb") as file:
    for image, label in zip(colours, labels):
        file.write(bytes([label % 3, label]) + image.tobytes())
hundred = {b"filenames": [], b"fine_labels": batch[b"labels"], b"coarse_labels": [int(label) % 3 for label in labels],
           b"data": batch[b"data"]}
with open(path("hundred"), "wb") as file:
    pickle.dump(hundred, file, protocol=4)


def python2(data, labels):
    """Protocol 2 with the texts of Python 2, which Python 3 does not write."""
    raw = data.tobytes()
    out = b"\x80\x02}q\x01(U\x0bbatch_labelq\x02U\x07a batchq\x03U\x06labelsq\x04]q\x05("
    out += b"".join(b"K" + bytes([label]) for label in labels) + b"eU\x04dataq\x06"
    out += b"cnumpy.core.multiarray\n_reconstruct\nq\x07cnumpy\nndarray\nq\x08K\x00\x85U\x01b\x87Rq\x09(K\x01"
    out += b"M" + len(data).to_bytes(2, "little") + b"M" + (3072).to_bytes(2, "little") + b"\x86"
    out += b"cnumpy\ndtype\nq\x0aU\x02u1K\x00K\x01\x87Rq\x0b(K\x03U\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89"
    out += b"T" + len(raw).to_bytes(4, "little") + raw + b"tbu."
    assert len(pickle.loads(out, encoding="latin1")["labels"]) == len(data)
    return out


with open(path("data_batch_1"), "wb") as file:
    file.write(python2(colours.reshape(n, -1), labels))
