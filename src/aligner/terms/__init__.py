"""Terms: which term pairs the aligned sentences support, and what a check of a translation finds.

`extract.py` leads through the folders: `phrases/` lists what could be a term, `windows/` judges
which phrases render each other, and `choice/` decides which of these pairs are kept. All of them
build on `names/` (what is known about names and offices beforehand), and the windows on `links/`
(which words lead to each other). `conflicts/` and `check/` examine the glossary that results.
"""
