// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import dev.spindle.farm.Depot;
import dev.spindle.farm.FarmException;
import dev.spindle.farm.FarmException.Code;
import dev.spindle.farm.FileName;
import dev.spindle.farm.Grant;
import dev.spindle.farm.GrantHolder;
import dev.spindle.farm.Sha256;
import dev.spindle.farm.StoredFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The farm's depot: content-addressed files in a folder, lent out by its own FTP server.
 *
 * <p>Thread: any. Objects survive a restart; grants and unfinished files do not.
 */
public final class FileDepot implements Depot {
  /** Room in the user's mind and in memory: no job has this many results. */
  static final int MAX_OFFERS_PER_HOLDER = 10_000;

  private final DepotSettings settings;
  private final ObjectFolder objects;
  private final FreeSpace freeSpace;
  private final Md5Lookup md5s;
  private final Incoming incoming;
  private final GrantTable grants;
  private final FtpService ftp;

  /** What each holder said it would deliver. Guarded by this. */
  private final Map<GrantHolder, Map<FileName, Sha256>> offers = new HashMap<>();

  private boolean closed; // guarded by this

  private FileDepot(DepotSettings settings, ObjectFolder objects, FreeSpace freeSpace) {
    this.settings = settings;
    this.objects = objects;
    this.freeSpace = freeSpace;
    this.md5s = new Md5Lookup(objects);
    this.incoming =
        new Incoming(
            new Partial.Disk(objects, freeSpace, settings.limits().reserveBytes()),
            settings.limits().maxUnfinished(),
            md5s::remember);
    this.grants = new GrantTable(settings.limits(), System::nanoTime);
    this.ftp = new FtpService(settings, grants, incoming);
  }

  /**
   * Opens the folder and starts the FTP server.
   *
   * @throws IOException when the folder cannot be used (another depot has it, or the disk says no)
   *     or the address cannot be listened on
   */
  public static FileDepot open(DepotSettings settings) throws IOException {
    ObjectFolder objects = ObjectFolder.open(settings.folder());
    return start(settings, objects, objects::freeBytes);
  }

  /** As {@link #open(DepotSettings)}, with a disk whose free space the caller tells. */
  static FileDepot open(DepotSettings settings, FreeSpace freeSpace) throws IOException {
    return start(settings, ObjectFolder.open(settings.folder()), freeSpace);
  }

  private static FileDepot start(DepotSettings settings, ObjectFolder objects, FreeSpace freeSpace)
      throws IOException {
    FileDepot depot = new FileDepot(settings, objects, freeSpace);
    try {
      depot.admitEmptyFile();
      depot.ftp.start();
    } catch (IOException e) {
      depot.close();
      throw e;
    }
    return depot;
  }

  /** The port on which the FTP server listens. */
  public int port() {
    return ftp.port();
  }

  int freePassivePorts() {
    return ftp.freePassivePorts();
  }

  int connections() {
    return ftp.connections();
  }

  /** Where the content lies, for reading on this machine; empty when it is not here. */
  public Optional<Path> object(Sha256 sha256) {
    return objects.holds(sha256) ? Optional.of(objects.object(sha256)) : Optional.empty();
  }

  @Override
  public boolean holds(Sha256 sha256) {
    return objects.holds(sha256);
  }

  @Override
  public synchronized Grant grantRead(GrantHolder holder, StoredFile file) {
    checkOpen();
    Sha256 sha256 = file.sha256();
    if (!objects.holds(sha256)) {
      throw new FarmException(
          Code.MISSING_FILE,
          "the depot does not have the content of " + file.name() + " (" + sha256 + "): send it");
    }
    checkSize(file.name(), file.size(), sha256);
    Path object = objects.object(sha256);
    return grant(new GrantedFile.Reading(holder, pathOf(sha256), file.size(), object), file, 0);
  }

  @Override
  public synchronized Grant grantWrite(
      GrantHolder holder, FileName name, long size, Sha256 sha256) {
    checkOpen();
    StoredFile file = new StoredFile(name, size, sha256, "");
    PartialKey key = new PartialKey(holder, name, sha256);
    boolean here = objects.holds(sha256);
    if (here) {
      checkSize(name, size, sha256);
    } else if (size == 0) {
      throw new FarmException(Code.INVALID, name + " is empty, but its hash is not: " + sha256);
    }
    long offset = here ? size : incoming.length(key);
    checkSpace(name, size - offset);
    expectDelivery(holder, name, sha256);
    Partial partial = here ? incoming.needless(key, size) : incoming.partial(key, size);
    return grant(new GrantedFile.Writing(pathOf(sha256), partial), file, offset);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Completes at once, save for content that was here before the depot's start and is asked for
   * the first time: that is read once for its MD5. Fails when it cannot be read.
   */
  @Override
  public CompletionStage<Optional<StoredFile>> delivered(GrantHolder holder, FileName name) {
    Sha256 offered;
    synchronized (this) {
      offered = offers.getOrDefault(holder, Map.of()).get(name);
    }
    if (offered == null || !objects.holds(offered)) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return md5s.of(offered).thenApply(found -> found.map(hash -> hash.as(name)));
  }

  @Override
  public synchronized void revoke(GrantHolder holder) {
    offers.remove(holder);
    grants.revoke(holder);
    incoming.discardAll(holder);
  }

  /** Ends the FTP server, transfers under way included, and frees the folder. Safe twice. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    ftp.close();
    md5s.close();
    try {
      objects.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** So that there is never something to deliver of which no byte is to be sent. */
  private void admitEmptyFile() throws IOException {
    ContentHash empty = new RunningHash().finish();
    if (!objects.holds(empty.sha256())) {
      PartialKey key =
          new PartialKey(new GrantHolder("depot"), new FileName("empty"), empty.sha256());
      incoming.finish(incoming.needless(key, 0));
    }
  }

  private Grant grant(GrantedFile granted, StoredFile file, long offset) {
    GrantTable.Credentials login = grants.issue(granted);
    return new Grant(
        settings.address().grantedHost(),
        ftp.port(),
        false,
        login.user(),
        login.password(),
        granted.path(),
        file,
        settings.limits().grantValidity(),
        offset);
  }

  /** Notes what the holder is to deliver under that name; other content begun for it goes. */
  synchronized void expectDelivery(GrantHolder holder, FileName name, Sha256 sha256) {
    Map<FileName, Sha256> ofHolder = offers.computeIfAbsent(holder, h -> new HashMap<>());
    if (ofHolder.size() >= MAX_OFFERS_PER_HOLDER && !ofHolder.containsKey(name)) {
      throw new FarmException(
          Code.INVALID,
          holder.key()
              + " offers more than "
              + MAX_OFFERS_PER_HOLDER
              + " files: pack them into an archive");
    }
    Sha256 before = ofHolder.put(name, sha256);
    if (before != null && !before.equals(sha256)) {
      incoming.discardOthers(new PartialKey(holder, name, sha256));
    }
  }

  private void checkSize(FileName name, long size, Sha256 sha256) {
    try {
      long found = objects.size(sha256);
      if (found != size) {
        throw new FarmException(
            Code.INVALID,
            name + " is said to have " + size + " bytes, but " + sha256 + " has " + found);
      }
    } catch (IOException e) {
      throw new FarmException(Code.UNAVAILABLE, "the depot cannot look at " + sha256, e);
    }
  }

  private void checkSpace(FileName name, long bytes) {
    try {
      long free = freeSpace.bytes() - settings.limits().reserveBytes();
      if (bytes > 0 && free < bytes) {
        throw new FarmException(
            Code.DISK_FULL,
            name
                + " needs "
                + bytes
                + " bytes; the depot's disk has room for "
                + Math.max(0, free)
                + " beside its reserve: free some and try again");
      }
    } catch (IOException e) {
      throw new FarmException(Code.UNAVAILABLE, "the depot cannot tell its free space", e);
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new FarmException(Code.UNAVAILABLE, "the depot is closed");
    }
  }

  /** Says nothing of the holder's names, and has no character that a command line would bend. */
  private static String pathOf(Sha256 sha256) {
    return "/" + sha256;
  }
}
