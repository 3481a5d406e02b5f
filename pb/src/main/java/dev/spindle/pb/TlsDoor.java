// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.function.Consumer;

/**
 * Keeps the link away from a channel until TLS is agreed on, and then gives its place up to it.
 *
 * <p>A client waits for the server's first word too: only then does it know that the server has
 * taken its certificate. In TLS 1.3 the refusal comes when the client's handshake is over.
 */
final class TlsDoor extends ChannelInboundHandlerAdapter {
  private final Transport.Role role;
  private final LinkLimits limits;
  private final ChannelHandler link;
  private final TlsTrouble trouble;
  private final Consumer<IOException> failed;
  private boolean over;

  TlsDoor(
      Transport.Role role,
      LinkLimits limits,
      ChannelHandler link,
      TlsTrouble trouble,
      Consumer<IOException> failed) {
    this.role = role;
    this.limits = limits;
    this.link = link;
    this.trouble = trouble;
    this.failed = failed;
  }

  /** Not passed on: for the link the channel is not active before TLS is. */
  @Override
  public void channelActive(ChannelHandlerContext ctx) {}

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
      return;
    }
    if (!handshake.isSuccess()) {
      fail(ctx, handshake.cause());
    } else if (role == Transport.Role.SERVER) {
      open(ctx);
    } else {
      EventLoops.after(limits.handshake(), ctx.channel(), () -> fail(ctx, trouble.silence()));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    open(ctx);
    ctx.fireChannelRead(message);
  }

  private void open(ChannelHandlerContext ctx) {
    over = true;
    ctx.pipeline().addLast(link);
    ctx.fireChannelActive();
    ctx.pipeline().remove(this);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    fail(ctx, new ClosedChannelException());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail(ctx, cause);
  }

  private void fail(ChannelHandlerContext ctx, Throwable cause) {
    if (!over) {
      over = true;
      failed.accept(trouble.explain(cause));
      ctx.close();
    }
  }
}
