"""The site room: entries become a site, a site becomes pages. Pure. Addresses are made in urls.py and nowhere else."""
