"""Which key goes with calls: without a stack."""

import os
import pathlib
import tempfile
import unittest
from unittest import mock

import rote
from rote.client import connect


class KeyTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.token = pathlib.Path(self.folder.name) / "rote" / "token"
        self.token.parent.mkdir()
        self.token.write_text("kept\n", encoding="utf-8")
        self.token.chmod(0o600)

    def key(self, **environment):
        """The key that a client shows to a service elsewhere."""
        known = {"XDG_CONFIG_HOME": self.folder.name, "ROTE_SWEEPS": "elsewhere:9011", **environment}
        with mock.patch.dict(os.environ, known, clear=True), mock.patch("rote.client.Client") as client:
            connect(state=self.folder.name)
            key_at = client.call_args.args[1]
            return key_at("elsewhere:9011")

    def test_is_what_login_kept(self):
        self.assertEqual(self.key(), "kept")

    def test_of_the_environment_goes_before(self):
        self.assertEqual(self.key(ROTE_TOKEN="given"), "given")

    def test_is_none_where_nothing_was_kept(self):
        self.token.unlink()
        self.assertIsNone(self.key())

    def test_that_others_read_is_refused(self):
        self.token.chmod(0o644)
        with self.assertRaisesRegex(rote.RoteError, "chmod 600"):
            self.key()


if __name__ == "__main__":
    unittest.main()
