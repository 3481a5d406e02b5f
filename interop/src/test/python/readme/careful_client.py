# SPDX-License-Identifier: Apache-2.0
import sys

from twisted.internet import defer, endpoints, task
from twisted.spread import pb, util


# [begin client]
def all_pages(root, method):
    whole = defer.Deferred()
    collector = util.CallbackPageCollector(whole.callback)
    root.callRemote(method, collector).addErrback(whole.errback)
    return whole


# [end client]


async def main(reactor, endpoint):
    factory = pb.PBClientFactory()
    await endpoints.clientFromString(reactor, endpoint).connect(factory)
    root = await factory.getRootObject()
    try:
        pages = await all_pages(root, "download")
        print(sum(map(len, pages)), "bytes")
    except pb.RemoteError as error:
        print(error.remoteType.decode())


task.react(main, sys.argv[1:])
