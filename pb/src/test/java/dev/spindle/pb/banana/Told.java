// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** A sink that reads past what exceeds a limit, and keeps what it was told as text. */
final class Told implements BananaReader.Sink, Pieces {
  final List<String> told = new ArrayList<>();

  @Override
  public void expression(Object expression) {
    told.add("whole " + expression);
  }

  @Override
  public Pieces oversized(String reason) {
    told.add(reason);
    return this;
  }

  @Override
  public void list(long size) {
    told.add("list of " + size);
  }

  @Override
  public void element(Object element) {
    // The bits of a NaN are no part of its text.
    told.add(element instanceof Double d ? "float " + Double.doubleToRawLongBits(d) : "" + element);
  }

  @Override
  public void longString(long bytes) {
    told.add("string of " + bytes);
  }

  @Override
  public void end() {
    told.add("end");
  }

  /** Feeds pieces of these sizes, and then the rest. */
  Told feed(BananaReader reader, byte[] bytes, List<Integer> cuts) throws BananaException {
    ByteBuf in = Unpooled.wrappedBuffer(bytes).writerIndex(0);
    for (int cut : cuts) {
      reader.feed(in.writerIndex(Math.min(bytes.length, in.writerIndex() + cut)), this);
    }
    reader.feed(in.writerIndex(bytes.length), this);
    return this;
  }

  /** What the pieces of an expression are, by a walk over the whole of it. */
  static List<String> piecesOf(Object expression) {
    Told all = new Told();
    all.walk(expression);
    return all.told;
  }

  private void walk(Object expression) {
    if (expression instanceof BananaList list) {
      list(list.size());
      list.asList().forEach(this::walk);
      end();
    } else if (expression instanceof ByteString string && string.size() > 32) {
      longString(string.size());
    } else {
      element(expression);
    }
  }
}
