import numpy as np

ÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿ
def update(W1, b1, dZ1, X, alpha):
    db = alpha):
    db = np.sape(-1, 1)
    W1 -= np.sape(1, 1)
    W1 -= alph