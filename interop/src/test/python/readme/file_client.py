# SPDX-License-Identifier: Apache-2.0
# [begin client]
import sys

from twisted.internet import endpoints, task
from twisted.spread import pb, util


async def main(reactor, endpoint, copy):
    factory = pb.PBClientFactory()
    await endpoints.clientFromString(reactor, endpoint).connect(factory)
    root = await factory.getRootObject()
    pages = await util.getAllPages(root, "download")
    with open(copy, "wb") as file:
        file.writelines(pages)
    print(sum(map(len, pages)), "bytes")


task.react(main, sys.argv[1:])
# [end client]
