# SPDX-License-Identifier: Apache-2.0
"""TLS and Unix sockets, in both roles."""

import datetime
import itertools
import os

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from twisted.internet import reactor, ssl

numbers = itertools.count(1)


def make_certificates(folder):
    """Writes an authority, a server's certificate for localhost and a client's for worker."""
    authority_key = ec.generate_private_key(ec.SECP256R1())
    authority = certificate("authority", authority_key, "authority", authority_key, True)
    write(folder, "authority", authority, authority_key)
    for name in ("localhost", "worker"):
        key = ec.generate_private_key(ec.SECP256R1())
        write(folder, name, certificate(name, key, "authority", authority_key, False), key)


def certificate(subject, key, issuer, issuer_key, is_authority):
    now = datetime.datetime.utcnow()
    day = datetime.timedelta(days=1)
    builder = (
        x509.CertificateBuilder()
        .subject_name(named(subject))
        .issuer_name(named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - day)
        .not_valid_after(now + day)
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(subject)]), critical=False)
    )
    return builder.sign(issuer_key, hashes.SHA256())


def named(name):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def write(folder, name, made, key):
    with open(os.path.join(folder, name + ".cert.pem"), "wb") as file:
        file.write(made.public_bytes(serialization.Encoding.PEM))
    with open(os.path.join(folder, name + ".key.pem"), "wb") as file:
        file.write(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )


def read(folder, *files):
    return b"".join(open(os.path.join(folder, file), "rb").read() for file in files)


def identity(folder, name):
    return ssl.PrivateCertificate.loadPEM(read(folder, name + ".cert.pem", name + ".key.pem"))


def authority(folder):
    return ssl.Certificate.loadPEM(read(folder, "authority.cert.pem"))


def listen(kind, folder, factory):
    """Answers with the port or the path. Over TLS, clients need a certificate."""
    return place_of(listen_at(kind, folder, None, factory))


def listen_at(kind, folder, place, factory):
    """Listens at a place, or at any if it is None; answers with Twisted's port."""
    if kind == "unix":
        name = "twisted-%d-%d.sock" % (os.getpid(), next(numbers))
        return reactor.listenUNIX(place or os.path.join(folder, name), factory)
    if kind == "tcp":
        return reactor.listenTCP(int(place or 0), factory, interface="127.0.0.1")
    options = identity(folder, "localhost").options(authority(folder))
    return reactor.listenSSL(int(place or 0), factory, options, interface="127.0.0.1")


def place_of(port):
    """The port's number or the socket's path, as text."""
    host = port.getHost()
    return os.fsdecode(host.name) if hasattr(host, "name") else str(host.port)


def connect(kind, folder, place, factory):
    if kind == "unix":
        reactor.connectUNIX(place, factory)
    elif kind == "tcp":
        reactor.connectTCP("127.0.0.1", int(place), factory)
    else:
        options = ssl.optionsForClientTLS(
            "localhost", authority(folder), identity(folder, "worker")
        )
        reactor.connectSSL("127.0.0.1", int(place), factory, options)
