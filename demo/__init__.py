"""The demo: an instance, a Classic UI site with board papers, and its server.

``make run`` runs ``python -m demo.serve``; everything that it makes is below
``instance/``.
"""
