import torch


def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1.T + b1
    A1 = torch.tanh(Z1)
    Z2 = A1 @ W2.T + b2
    return Z2
